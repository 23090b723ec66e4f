import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "union",
  minutes: 5,
  start: ["docker pull nginx", "docker run -it --name web nginx bash"],
  goals: [
    { name: "mine", type: "writable", container: { name: "web" }, path: "/etc/nginx/conf.d/mine.conf", has: "new" },
    { name: "theirs", type: "seen", of: { container: { name: "web" } }, path: "/etc/nginx/conf.d/default.conf" },
    {
      name: "page",
      type: "seen",
      of: { container: { name: "web" } },
      path: "/usr/share/nginx/html/index.html",
      contains: "mine",
    },
    {
      name: "above",
      type: "writable",
      container: { name: "web" },
      path: "/usr/share/nginx/html/index.html",
      has: "copy",
    },
    { name: "below", type: "not-seen", of: { image: "nginx:latest" }, path: "/etc/nginx/conf.d/mine.conf" },
  ],
  prediction: {
    line: "echo mine > /usr/share/nginx/html/index.html",
    asks: { kind: "plates", of: { container: "web" } },
    after: ["mine"],
    until: "page",
  },
  demos: {
    merged: {
      before: ["docker pull nginx", "docker run -it --name web nginx bash"],
      line: "ls /docker-entrypoint.d",
      shows: "stack",
      path: "/docker-entrypoint.d",
    },
    upper: {
      before: ["docker pull nginx", "docker run -it --name web nginx bash"],
      line: "touch /etc/nginx/conf.d/mine.conf",
      shows: "stack",
      path: "/etc/nginx/conf.d",
    },
  },
  solution: ["touch /etc/nginx/conf.d/mine.conf", "echo mine > /usr/share/nginx/html/index.html"],
  otherWay: [
    "echo '# mine' > /etc/nginx/conf.d/mine.conf",
    "sed -i 's/Welcome/mine/' /usr/share/nginx/html/index.html",
  ],
};
