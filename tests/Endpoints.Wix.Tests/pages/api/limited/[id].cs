using Endpoints.Wix;

/// <summary>A limit on the class, and one of its own on a method.</summary>
[Elevate(Callers.Visitor | Callers.Member, RateLimit = "6/1m")]
public static class Limited
{
    public static string Get(string id) => id;

    public static string Post(string id) => id;

    public static string Put(string id) => id;

    [Elevate(Callers.Visitor, RateLimit = "6/1m")]
    public static string Delete(string id) => id;
}
