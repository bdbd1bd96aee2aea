export const fetchStatus = async ({ url }) => (await fetch(url)).status;
