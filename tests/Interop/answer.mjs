/** A response as a test wants it. */
export async function answerOf(response) {
  const text = await response.text();
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
}
