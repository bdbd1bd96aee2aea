using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Http;

/// <summary>An answer is read whole up to 16 MiB, or not at all.</summary>
public sealed class AnswerSizeTests
{
    private const int Most = 16 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(Most - 1)]
    [InlineData(Most)]
    [InlineData(Most + 1)]
    [InlineData(Most + 4096)]
    public async Task An_answer_is_read_whole_or_not_at_all_whether_its_length_is_known_or_not(int length)
    {
        foreach (var isKnown in (bool[])[true, false])
        {
            await using var site = await WixSite.StartAsync(
                static app => app.MapGet("/", static async (ElevatedWixClient wix) =>
                    (await wix.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties")).Body.Length).Elevate(Callers.Member),
                options => options.HttpHandler = own => new Sized(length, isKnown) { InnerHandler = own });

            var answer = await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member()));

            Assert.Equal((HttpStatusCode.OK, length <= Most ? $"{length}" : "0"), (answer.Status, answer.Body));
        }
    }

    /// <summary>Gives answers of the business APIs a length.</summary>
    private sealed class Sized(int length, bool isKnown) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.StartsWith("/site-properties/", StringComparison.Ordinal))
                answer.Content = isKnown ? new ByteArrayContent(new byte[length]) : new Unmeasured(length);
            return answer;
        }
    }

    private sealed class Unmeasured(int length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(new byte[length]).AsTask();

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MemoryStream(new byte[length]));

        protected override bool TryComputeLength(out long known)
        {
            known = 0;
            return false;
        }
    }
}
