// Business modules: stores, data, members, the app's own instance.
import { createClient, ApiKeyStrategy, AppStrategy, OAuthStrategy } from '@wix/sdk';
import * as appInstances from '@wix/auto_sdk_app-management_app-instances';
import * as members from '@wix/auto_sdk_members_members';
import * as products from '@wix/auto_sdk_stores_products-v-3';
import * as items from '@wix/wix-data-items-sdk';

const strategies = { apiKey: ApiKeyStrategy, app: AppStrategy, oauth: OAuthStrategy };
const client = ({ as, credentials }) => createClient({ auth: strategies[as](credentials), modules: { appInstances, items, members, products } });

/** All products, page by page. */
export async function productNames({ pageSize, ...who }) {
  const pages = [];
  for (let page = await client(who).products.queryProducts().limit(pageSize).find(); ; page = await page.next()) {
    pages.push(page.items.map((product) => product.name));
    if (!page.hasNext()) return pages;
  }
}

export const product = ({ id, ...who }) => client(who).products.getProduct(id, { fields: ['CURRENCY'] });

export const createProduct = ({ product, ...who }) => client(who).products.createProduct(product);

export const updateProduct = ({ id, product, ...who }) => client(who).products.updateProduct(id, product);

export const deleteProduct = ({ id, ...who }) => client(who).products.deleteProduct(id);

export async function findProducts({ startsWith, ...who }) {
  const found = await client(who).products.queryProducts().startsWith('slug', startsWith).ascending('slug').find();
  return found.items.map((product) => product.slug);
}

/** An item's life, with one client: inserted, read, changed, found, removed. */
export async function itemLife({ collection, title, ...who }) {
  const data = client(who).items;
  const when = new Date('2026-11-22T12:00:00.000Z');
  const inserted = await data.insert(collection, { title, seats: 3, when });
  const read = await data.get(collection, inserted._id);
  const updated = await data.update(collection, { ...read, seats: 4 });
  const found = await data.query(collection).eq('title', title).ge('seats', 4).find();
  await data.remove(collection, inserted._id);
  return {
    date: read.when instanceof Date && read.when.getTime() === when.getTime(),
    seats: [inserted.seats, read.seats, updated.seats],
    found: found.items.map((item) => item._id === inserted._id),
    left: (await data.query(collection).eq('title', title).find()).items.length,
  };
}

export async function listItems({ collection, ...who }) {
  return (await client(who).items.query(collection).ascending('title').limit(50).find()).items;
}

export const insertItem = ({ collection, item, ...who }) => client(who).items.insert(collection, item);

/** Every product's name in a query too long for an address: the package sends it as POST then. */
export async function queryItemsAtLength({ collection, titles, ...who }) {
  return (await client(who).items.query(collection).hasSome('title', titles).find()).items.map((item) => item.title);
}

export const bulkInsertItems = ({ collection, items, ...who }) => client(who).items.bulkInsert(collection, items);

export const currentMember = (who) => client(who).members.getCurrentMember({ fieldsets: ['FULL'] });

export async function memberEmails(who) {
  return (await client(who).members.queryMembers({ fieldsets: ['FULL'] }).find()).items.map((member) => member.loginEmail);
}

export const appInstance = (who) => client(who).appInstances.getAppInstance();
