import { packages } from "./centos-7/packages.ts";
import type { ImageSource } from "./image.ts";

const built = "2021-09-15T18:20:23.99863383Z";

const labels = {
  "org.label-schema.build-date": "20201113",
  "org.label-schema.license": "GPLv2",
  "org.label-schema.name": "CentOS Base Image",
  "org.label-schema.schema-version": "1.0",
  "org.label-schema.vendor": "CentOS",
  "org.opencontainers.image.created": "2020-11-13 00:00:00+00:00",
  "org.opencontainers.image.licenses": "GPL-2.0-only",
  "org.opencontainers.image.title": "CentOS Base Image",
  "org.opencontainers.image.vendor": "CentOS",
};

const labelStep = [
  "org.label-schema.schema-version=1.0",
  "org.label-schema.name=CentOS Base Image",
  "org.label-schema.vendor=CentOS",
  "org.label-schema.license=GPLv2",
  "org.label-schema.build-date=20201113",
  "org.opencontainers.image.title=CentOS Base Image",
  "org.opencontainers.image.vendor=CentOS",
  "org.opencontainers.image.licenses=GPL-2.0-only",
  "org.opencontainers.image.created=2020-11-13 00:00:00+00:00",
];

const centos7: ImageSource = {
  repository: "library/centos",
  tags: ["7", "centos7", "7.9.2009", "centos7.9.2009"],
  steps: [
    {
      created: built,
      createdBy: "/bin/sh -c #(nop) ADD file:b3ebbe8bd304723d43b7b44a6d990cd657b63d93d6a2a9293983a30bfc1dfa53 in / ",
      layer: {
        realSize: 76_097_157,
        date: "2020-11-13T01:55:20Z",
        folder: "centos-7",
        packages: { distro: "centos-7", manager: "rpm", names: packages },
      },
    },
    { created: built, createdBy: `/bin/sh -c #(nop)  LABEL ${labelStep.join(" ")}` },
    { created: built, createdBy: '/bin/sh -c #(nop)  CMD ["/bin/bash"]' },
  ],
  created: built,
  config: {
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    Cmd: ["/bin/bash"],
    Labels: labels,
  },
  extra: { docker_version: "20.10.7" },
  realUnpackedSize: 203_930_000,
  source: "docker-library/repo-info, repos/centos/{local,remote}/7.md",
};

export default centos7;
