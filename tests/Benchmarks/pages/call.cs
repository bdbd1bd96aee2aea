using Benchmarks.Calls;
using Endpoints.Wix;

namespace Benchmarks.Pages;

[Elevate(Callers.Member, RateLimit = "100000000/1m")]
public static class Calling
{
    public static Task<IResult> Get(ElevatedWixClient wix, CancellationToken ct) => CallsSite.AnswerAsync(wix, ct);
}
