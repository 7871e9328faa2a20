// An OpenID provider for tests, on a free port of this machine. It signs in whoever is named in
// the form and claims the address that is written there, true or not. Prints its issuer when ready.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const redirect = process.argv[2];
const port = Number(process.argv[3] ?? 0);
const accounts = new Map();

const server = createServer();
server.listen(port, "127.0.0.1", () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "samsyn",
        client_secret: "a secret of the tests, worth nothing",
        redirect_uris: [redirect],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    cookies: { keys: ["of the tests"] },
    claims: { openid: ["sub", "email", "email_verified"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: accounts.get(id) ?? "", email_verified: true }),
    }),
    // Whoever signs in here has agreed to it.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    if (request.method === "GET") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      return response.end(
        `<!doctype html><title>Issuer</title><form method="post"><input name="subject"><input name="email"><button>OK</button></form>`,
      );
    }
    let body = "";
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    accounts.set(form.get("subject"), form.get("email"));
    await provider.interactionFinished(
      request,
      response,
      { login: { accountId: form.get("subject") } },
      { mergeWithLastSubmission: false },
    );
  });
  console.log(issuer);
});
