import { seededRandom } from "../random.ts";
import type { SavedEdit } from "../edit.ts";
import type { LogEntry, Scenario } from "../scenario.ts";

/** Ten things somebody would send: for the tests of the link, and for the table of how long links are. */
export interface Story {
  readonly name: string;
  /** Each with its terminal before it: 0 is the host, n the n-th terminal in a container. */
  readonly lines: readonly string[];
  /** What an editor saved, by the number of the line. */
  readonly edits?: Readonly<Record<number, readonly SavedEdit[]>>;
}

const lines = (text: string): string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim());

const first: Story = {
  name: "pull, run, look",
  lines: lines(`
    0 docker pull alpine
    0 docker run --rm alpine uname -a
    0 docker images`),
};

const vim: Story = {
  name: "Ubuntu with vim, committed",
  lines: lines(`
    0 docker pull ubuntu:22.04
    0 docker run -it --name web ubuntu:22.04 bash
    1 vim
    1 apt-get update
    1 apt-get install -y vim
    1 vim /root/hello.txt
    1 rm /etc/legal
    1 echo x >> /etc/bash.bashrc
    1 exit
    0 docker diff web
    0 docker commit -m "add vim" -a "me" web my/ubuntu-vim:1.0
    0 docker history my/ubuntu-vim:1.0
    0 docker run -it --rm my/ubuntu-vim:1.0 bash
    2 vim --version
    2 ls /etc/legal
    2 exit
    0 docker run -it --rm ubuntu:22.04 bash
    3 vim
    3 ls /etc/legal
    3 exit`),
  edits: { 5: [{ path: "/root/hello.txt", text: "Hello from my own layer.\n" }] },
};

const nginx: Story = {
  name: "a start page, and python beside it",
  lines: lines(`
    0 docker pull nginx
    0 docker images
    0 docker history nginx
    0 docker run -d --name web1 -p 8080:80 nginx
    0 docker run -d --name web2 -p 8081:80 nginx
    0 docker ps
    0 docker exec -it web1 bash
    1 cat /etc/os-release
    1 ls -l /usr/share/nginx/html
    1 echo '<h1>Hello from web1</h1>' > /usr/share/nginx/html/index.html
    1 cat /usr/share/nginx/html/index.html
    1 rm /etc/nginx/conf.d/default.conf
    1 mkdir -p /data/logs
    1 touch /data/logs/access.log
    1 exit
    0 docker diff web1
    0 docker diff web2
    0 docker exec web2 ls /etc/nginx/conf.d
    0 docker commit -m "own start page" -a "Li Wei <li@example.com>" web1 li/nginx:1.0
    0 docker images
    0 docker history li/nginx:1.0
    0 docker image inspect li/nginx:1.0
    0 docker run -d --name web3 li/nginx:1.0
    0 docker exec web3 cat /usr/share/nginx/html/index.html
    0 docker stop web1 web2
    0 docker rm web1 web2
    0 docker ps -a
    0 docker tag li/nginx:1.0 li/nginx:latest
    0 docker rmi li/nginx:1.0
    0 docker pull python:3.12-slim
    0 docker run -it --name py python:3.12-slim bash
    2 python3 --version
    2 mkdir /app
    2 cd /app
    2 echo 'print("hello")' > main.py
    2 chmod +x main.py
    2 cp main.py backup.py
    2 mv backup.py /tmp/
    2 rm -rf /usr/share/doc
    2 du -sh /usr
    2 find / -name "*.conf" | head
    2 exit
    0 docker ps -a --size
    0 docker commit py me/app:2
    0 docker system df
    0 docker volume create data
    0 docker run --rm -v data:/data alpine touch /data/file
    0 docker save -o app.tar me/app:2
    0 ls -l
    0 docker image prune -f`),
};

const alpine: Story = {
  name: "an hour in Alpine",
  lines: lines(`
    0 docker pull alpine:3.20
    0 docker run -it --name lab alpine:3.20 sh
    1 ls /
    1 cat /etc/alpine-release
    1 mount | head -3
    1 echo one > /root/one.txt
    1 echo two > /root/two.txt
    1 cat /etc/passwd | wc -l
    1 adduser -D student
    1 id
    1 apk update
    1 apk add --no-cache curl
    1 which curl
    1 curl --version
    1 rm /root/one.txt
    1 ls -la /root
    1 mkdir /srv/www
    1 chmod 700 /srv/www
    1 chown nobody /srv/www
    1 exit
    0 docker diff lab
    0 docker commit lab lab:a
    0 docker start lab
    0 docker exec -it lab sh
    2 rm -rf /srv/www
    2 ln -s /root/two.txt /root/link
    2 sed -i s/two/three/ /root/two.txt
    2 cat /root/link
    2 exit
    0 docker commit lab lab:b
    0 docker history lab:a
    0 docker history lab:b
    0 docker images lab
    0 docker run --rm lab:b cat /root/two.txt
    0 docker run --rm lab:a ls -l /srv
    0 docker cp lab:/etc/passwd passwd.txt
    0 cat passwd.txt
    0 docker cp passwd.txt lab:/tmp/
    0 docker stop lab
    0 docker export lab -o lab.tar
    0 docker import lab.tar lab:flat
    0 docker history lab:flat
    0 docker inspect lab:flat
    0 docker save lab:b -o lab-b.tar
    0 docker rmi lab:b
    0 docker load -i lab-b.tar
    0 docker image ls
    0 docker rm -f lab
    0 docker system df
    0 docker image prune -f`),
};

const copyUp: Story = {
  name: "copy-up and whiteout",
  lines: lines(`
    0 docker run -it --name box debian:12 bash
    1 ls -l /etc/debian_version
    1 chmod 600 /etc/debian_version
    1 rm /etc/motd
    1 rm -r /usr/share/doc
    1 mkdir /usr/share/doc
    1 mv /etc/issue /etc/issue.old
    1 exit
    0 docker diff box
    0 docker commit box box:1`),
};

const dead: Story = {
  name: "deleted, but not smaller",
  lines: lines(`
    0 docker pull debian:12
    0 docker run --name a debian:12 dd if=/dev/zero of=/big bs=1M count=50
    0 docker commit -m "a big file" a big:1
    0 docker run --name b big:1 rm /big
    0 docker commit -m "the file is gone" b big:2
    0 docker images big
    0 docker history big:2
    0 docker run --name c debian:12 sh -c "dd if=/dev/zero of=/big bs=1M count=50; rm /big"
    0 docker commit c big:3
    0 docker images big
    0 docker export b -o b.tar
    0 docker import b.tar big:flat
    0 docker images big`),
};

const volumes: Story = {
  name: "volumes stay outside",
  lines: lines(`
    0 docker volume create data
    0 docker run -it --name one -v data:/data alpine sh
    1 echo kept > /data/kept
    1 echo lost > /lost
    1 exit
    0 docker diff one
    0 docker commit one with:volume
    0 docker run --rm with:volume ls /data /lost
    0 docker run --rm -v data:/data alpine cat /data/kept
    0 docker rm one
    0 docker volume ls
    0 docker volume rm data`),
};

const shared: Story = {
  name: "eight images, shared layers",
  lines: lines(`
    0 docker pull debian:12-slim
    0 docker pull nginx
    0 docker pull redis
    0 docker pull python:3.12-slim
    0 docker pull alpine
    0 docker pull node:20-alpine
    0 docker pull ubuntu:22.04
    0 docker pull busybox
    0 docker images
    0 docker system df -v`),
};

const edited: Story = {
  name: "a configuration edited three times",
  lines: lines(`
    0 docker run -it --name conf nginx bash
    1 apt-get update
    1 apt-get install -y vim
    1 vim /etc/nginx/nginx.conf
    1 vim /etc/nginx/nginx.conf
    1 vim /etc/nginx/nginx.conf
    1 cat /etc/nginx/nginx.conf
    1 exit
    0 docker diff conf
    0 docker commit conf conf:tuned`),
  edits: {
    3: [{ path: "/etc/nginx/nginx.conf", size: 648, changes: [{ keep: 30, drop: 4, put: "4" }] }],
    4: [{ path: "/etc/nginx/nginx.conf", size: 645, changes: [{ keep: 120, drop: 4, put: "4096" }] }],
    5: [{ path: "/etc/nginx/nginx.conf", size: 645, changes: [{ keep: 600, drop: 0, put: "    gzip on;\n" }] }],
  },
};

const chinese: Story = {
  name: "老师的演示",
  lines: lines(`
    0 docker run -it --name 演示 ubuntu:22.04 bash
    0 docker run -it --name demo ubuntu:22.04 bash
    1 mkdir -p /课程/第一讲
    1 echo "镜像是分层的，容器在最上面加一个可写层" > /课程/第一讲/笔记.txt
    1 cat /课程/第一讲/笔记.txt
    1 echo "欢迎" >> /etc/motd
    1 rm /etc/legal
    1 exit
    0 docker diff demo
    0 docker commit -m "加上课程笔记" -a "王老师" demo 课程:1
    0 docker commit -m "加上课程笔记" -a "王老师" demo course:1
    0 docker run --rm course:1 cat /课程/第一讲/笔记.txt`),
};

export const stories: readonly Story[] = [first, vim, nginx, alpine, copyUp, dead, volumes, shared, edited, chinese];

/** With the pauses of somebody who types and looks: 2 to 20 seconds, the same at every run. */
export function scenarioOf({ name, lines: typed, edits = {} }: Story): Scenario {
  const random = seededRandom("a5ef01d2c37b", name.length);
  let at = Date.UTC(2026, 10, 24, 8, 30, 12, 400);
  const entries = typed.map((text, index): LogEntry => {
    const [number = "", ...line] = text.split(" ");
    at += 100 * (20 + random.integer(180));
    const saved = edits[index];
    return {
      terminal: number === "0" ? "host" : `session-${Number(number)}`,
      line: line.join(" "),
      at,
      ...(saved && { edits: saved }),
    };
  });
  return { seed: "a5ef01d2c37b", catalogue: "0badcafe", entries };
}
