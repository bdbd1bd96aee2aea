using Endpoints.Wix;

namespace DropIn.Files;

[Elevate(Callers.User, RateLimit = "1000/1m")]
public static class Stock
{
    public static string Post(Caller caller) => $"Written by a {caller.Kind}";
}
