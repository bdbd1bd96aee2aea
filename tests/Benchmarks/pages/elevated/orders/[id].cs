using Benchmarks.Elevation;
using Endpoints.Wix;

namespace Benchmarks.Pages;

[Elevate(Callers.Member, RateLimit = "100000000/1m")]
public static class ElevatedOrderById
{
    public static Receipt Get(string id, Caller caller) => new(caller.Id, id, 1);
}
