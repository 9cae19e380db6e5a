#!/usr/bin/env node
// What scripts/browser does in Chromium: node browser.mjs BASE ISSUER CHROMIUM
import { chromium } from 'playwright-core';

const [base, issuer, executablePath] = process.argv.slice(2);
const args = '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const browser = await chromium.launch({ executablePath, args: args.split(' ') });
const outcomes = [];

async function check(name, checked) {
  const context = await browser.newContext();
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  try {
    await checked(page, context);
    outcomes.push(true);
    console.log(`ok   ${name}`);
  } catch (fault) {
    outcomes.push(false);
    console.log(`FAIL ${name}\n     ${String(fault).split('\n').slice(0, 6).join('\n     ')}\n     at ${page.url()}`);
  }
  await context.close();
}

function same(found, wanted) {
  const [a, b] = [found, wanted].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${a} in place of ${b}`);
}

async function holds(page, ...parts) {
  const text = await page.textContent('main');
  for (const part of parts) if (!text.includes(part)) throw new Error(`no "${part}" in: ${text}`);
}

// At the provider: says who they are, where it asks, and agrees.
async function identify(page, name) {
  for (let step = 0; step < 4 && page.url().startsWith(issuer); step++) {
    if (await page.locator('input[name=login]').count()) {
      await page.fill('input[name=login]', name);
      await page.fill('input[name=password]', 'any');
    }
    const before = page.url();
    await Promise.all([page.waitForURL((url) => url.href !== before), page.click('button[type=submit]')]);
  }
}

async function signIn(page, name) {
  await page.goto(`${base}/sign-in`);
  await page.click('text=Sign in with your organization');
  await page.waitForLoadState();
  await identify(page, name);
}

// Asks in GraphQL as the page does.
function ask(page, query) {
  return page.evaluate(async (query) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
    const { data, errors } = await response.json();
    return errors ? errors[0].extensions.code : data;
  }, query);
}

const viewer = async (page) => {
  const told = await ask(page, '{ viewer { name role } }');
  return told.viewer ?? told;
};
const action = 'mutation { createFollowUpAction(input: { kind: PLAN, title: "Map the rivers", actorSide: OURS }) { followUpAction { title } } }';
const account = (name) => `mutation { createAccount(input: { name: "${name}" }) { account { name } } }`;

// Leaves for the provider with another value in the address than ours, and comes back.
async function leaveWith(page, context, name, field, value) {
  const left = await context.request.get(`${base}/sign-in/provider`, { maxRedirects: 0 });
  const to = new URL(left.headers().location);
  if (!to.searchParams.get(field)) throw new Error(`no ${field} in ${to}`);
  to.searchParams.set(field, value);
  await page.goto(to.href);
  await identify(page, name);
  return context.cookies().then((cookies) => cookies.some((cookie) => cookie.name === 'entente-session'));
}

await check('an editor signs in with the provider, and may what editors may', async (page) => {
  await page.goto(`${base}/sign-in`);
  await page.screenshot({ path: 'sign-in.png' });
  await signIn(page, 'amal');
  same(page.url(), `${base}/`);
  same(await viewer(page), { name: 'amal', role: 'EDITOR' });
  same(await ask(page, action), { createFollowUpAction: { followUpAction: { title: 'Map the rivers' } } });
  same(await ask(page, account('X')), 'FORBIDDEN');
  await page.goto(`${base}/sign-in`);
  await holds(page, 'You are signed in as amal, in the role editor.');
  await page.screenshot({ path: 'signed-in.png' });
});

await check('a viewer reads, and changes nothing', async (page) => {
  await signIn(page, 'boris');
  same(await viewer(page), { name: 'boris', role: 'VIEWER' });
  same(await ask(page, action), 'FORBIDDEN');
});

await check('of several groups the highest role counts', async (page) => {
  await signIn(page, 'chief');
  same(await viewer(page), { name: 'chief', role: 'ADMIN' });
  same(await ask(page, account('Somebody')), { createAccount: { account: { name: 'Somebody' } } });
});

await check('who is in no group is told so, and is not in', async (page) => {
  await signIn(page, 'nobody');
  await holds(page, 'You are not signed in', 'in no group');
  await page.screenshot({ path: 'no-group.png' });
  await page.goto(base);
  same(await viewer(page), 'UNAUTHENTICATED');
});

await check('signing out here signs out there too', async (page, context) => {
  await signIn(page, 'amal');
  await page.goto(`${base}/sign-in`);
  await page.click('button:has-text("Sign out")');
  await page.waitForURL(`${issuer}/session/end?**`);
  await page.click('button:has-text("Yes")');
  await page.waitForURL(`${base}/`);
  same(await viewer(page), 'UNAUTHENTICATED');
  await page.goto(`${base}/sign-in`);
  await page.click('text=Sign in with your organization');
  await page.waitForSelector('input[name=login]');
  same((await context.cookies()).filter((cookie) => cookie.name === 'entente-session'), []);
});

await check('signing out there ends the session here, and what is open in it', async (page, context) => {
  await signIn(page, 'amal');
  const other = await (await browser.newContext()).newPage();
  await signIn(other, 'boris');
  await page.evaluate(async () => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/graphql/ws`, 'graphql-transport-ws');
    globalThis.socketClosed = new Promise((resolve) => { socket.onclose = (event) => resolve([event.code, Date.now()]); });
    await new Promise((resolve) => { socket.onopen = resolve; });
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await new Promise((resolve) => { socket.onmessage = resolve; });
    const query = 'subscription { followUpActionChanged { cursor kind } }';
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  });
  const there = await context.newPage();
  await there.goto(`${issuer}/session/end?client_id=entente`);
  const begun = Date.now();
  await there.click('button:has-text("Yes")');
  await there.waitForURL(`${issuer}/session/end/success**`);
  same(await viewer(page), 'UNAUTHENTICATED');
  const [code, at] = await page.evaluate(() => globalThis.socketClosed);
  if (at - begun > 10_000) throw new Error(`closed after ${at - begun} ms`);
  same(code, 4403);
  same(await viewer(other), { name: 'boris', role: 'VIEWER' });
  await other.context().close();
});

await check('another state than ours signs nobody in', async (page, context) => {
  same(await leaveWith(page, context, 'amal', 'state', 'another'), false);
  await holds(page, 'You are not signed in', 'was not begun in this browser');
});

await check('another nonce than ours signs nobody in', async (page, context) => {
  same(await leaveWith(page, context, 'amal', 'nonce', 'another'), false);
  await holds(page, 'You are not signed in', 'cannot be trusted');
});

await check('another challenge than ours signs nobody in', async (page, context) => {
  same(await leaveWith(page, context, 'amal', 'code_challenge', 'A'.repeat(43)), false);
  await holds(page, 'You are not signed in');
});

await check('a token for another program signs nobody in', async (page, context) => {
  await context.request.get(`${issuer}/audience?is=another`);
  await signIn(page, 'amal').finally(() => context.request.get(`${issuer}/audience`));
  await holds(page, 'You are not signed in', 'cannot be trusted');
  await page.goto(base);
  same(await viewer(page), 'UNAUTHENTICATED');
});

await check('the way back of one browser signs nobody in in another', async (page, context) => {
  const left = await context.request.get(`${base}/sign-in/provider`, { maxRedirects: 0 });
  const other = await (await browser.newContext()).newPage();
  await other.goto(left.headers().location);
  await identify(other, 'amal');
  await holds(other, 'You are not signed in', 'was not begun in this browser');
  await other.context().close();
});

await check('a password is changed by whose it is', async (page) => {
  await page.goto(`${base}/sign-in`);
  await page.fill('input[name=name]', 'lena@example.org');
  await page.fill('input[name=password]', 'rivers run to the sea');
  await page.click('button:has-text("Sign in")');
  await page.waitForURL(`${base}/`);
  await page.goto(`${base}/sign-in`);
  await page.click('text=Change your password');
  const change = async (old, fresh) => {
    await page.fill('input[name=old]', old);
    await page.fill('input[name=new]', fresh);
    await page.fill('input[name=again]', fresh);
    await page.click('button:has-text("Change it")');
    await page.waitForLoadState();
  };
  await change('not that one', 'mountains stand where they are');
  await holds(page, 'That is not your password until now.');
  await page.screenshot({ path: 'password.png' });
  await change('rivers run to the sea', 'mountains stand where they are');
  await holds(page, 'You are signed in as Lena');
  await page.click('button:has-text("Sign out")');
  await page.waitForURL(`${base}/sign-in`);
});

await browser.close();
const passed = outcomes.filter(Boolean).length;
console.log(`browser: ${passed} of ${outcomes.length} passed`);
process.exit(passed === outcomes.length ? 0 : 1);
