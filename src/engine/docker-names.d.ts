declare module "docker-names" {
  /** The word lists of docker's name generator. (moby, internal/namesgenerator) */
  const names: { readonly left: readonly string[]; readonly right: readonly string[] };
  export default names;
}
