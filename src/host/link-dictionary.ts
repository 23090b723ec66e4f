/**
 * The preset dictionary of link format 1: what scenarios are mostly made of, the likeliest last. Old
 * links need it for ever: never change a byte of it, make a new format instead.
 */
export const dictionary1 =
  '"/etc/nginx/nginx.conf/usr/share/nginx/html/index.html/etc/os-release/etc/passwd/etc/hosts/etc/motd' +
  "useradd chown chmod mkdir -p cp -r mv touch grep find / -name head tail -n wc -l du -sh df -h ps aux whoami hostname id uname -r env export" +
  "docker rm -f docker rmi docker stop docker start docker logs docker inspect docker system df docker image prune docker tag docker ps -a docker ps -s" +
  "--entrypoint --rm -d --name -e -w /bin/sh node:20-alpine python:3.12-slim redis:7 nginx:latest busybox hello-world centos:7 debian:12-slim debian:12 alpine:3.20 ubuntu:24.04 ubuntu:22.04" +
  "yum install -y apk add --no-cache apk update apt-get clean rm -rf /var/lib/apt/lists/* apt-get remove -y apt install -y curl git python3 nano" +
  "cat /etc/legal cat /root/hello.txt echo hello > echo x >> /etc/bash.bashrc rm /etc/legal vim /root/hello.txt which vim vim --version ls -l ls / " +
  'exit",docker run -it --rm my/ubuntu-vim:1.0 bashdocker history my/ubuntu-vim:1.0docker commit -m \\"add vim\\" -a \\"me\\" web my/ubuntu-vim:1.0docker diff webdocker exec -it web bash' +
  '[0,"docker images"],[1,"apt-get update"],[1,"apt-get install -y vim"],[0,"docker run -it --name web ubuntu:22.04 bash"],[0,"docker pull ubuntu:22.04"]';
