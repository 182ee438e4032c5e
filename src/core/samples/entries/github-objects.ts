import { isoSeconds, type JsonFields, type Maker } from "../sample.ts";

const API = "https://api.github.com";
const NAME = "octo-shop/storefront";

/** An account as GitHub writes it. */
export function account(login: string, id: number, kind: "User" | "Organization" = "User"): JsonFields {
  const url = `${API}/users/${login}`;
  return {
    login,
    id,
    node_id: Buffer.from(`04:User${id}`).toString("base64"),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    type: kind,
    site_admin: false,
  };
}

export const octocat: JsonFields = account("octocat", 583_231);

/** The repository of all samples. */
export const repository: JsonFields = {
  id: 186_853_002,
  node_id: "MDEwOlJlcG9zaXRvcnkxODY4NTMwMDI=",
  name: "storefront",
  full_name: NAME,
  private: false,
  owner: account("octo-shop", 21_031_067, "Organization"),
  html_url: `https://github.com/${NAME}`,
  description: null,
  fork: false,
  url: `${API}/repos/${NAME}`,
  hooks_url: `${API}/repos/${NAME}/hooks`,
  default_branch: "main",
};

/** Where something of the repository is found by people and by programs. */
export function links(path: string): { readonly html_url: string; readonly url: string } {
  return { html_url: `https://github.com/${NAME}/${path}`, url: `${API}/repos/${NAME}/${path}` };
}

/** A commit as a push carries it. */
export function commit({ ids, atMs }: Maker): JsonFields {
  const id = ids.hex("after", 40);
  const author = { name: "The Octocat", email: "octocat@example.com", username: "octocat" };
  return {
    id,
    tree_id: ids.hex("tree", 40),
    distinct: true,
    message: "Update README",
    timestamp: isoSeconds(atMs),
    url: links(`commit/${id}`).html_url,
    author,
    committer: author,
    added: [],
    removed: [],
    modified: ["README.md"],
  };
}
