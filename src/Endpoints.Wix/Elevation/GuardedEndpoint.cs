using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>What guards one endpoint, made when the endpoint is. As metadata it is the proof that the guards are there.</summary>
internal sealed class GuardedEndpoint
{
    public const Callers AllCallers = Callers.Visitor | Callers.Member | Callers.User | Callers.App;

    private readonly FixedWindows? _perAddress;
    private readonly FixedWindows? _perCaller;
    private readonly CallPattern[]? _only;

    /// <summary>Takes the attribute at its word.</summary>
    /// <exception cref="InvalidOperationException">A property is wrong; the message names the endpoint.</exception>
    public GuardedEndpoint(string name, ElevateAttribute attribute, TimeProvider time)
    {
        Name = name;
        Callers = attribute.Callers;
        Policy = attribute.Policy;
        if (attribute.Policy is { } policy && string.IsNullOrWhiteSpace(policy))
            throw Wrong("Policy is empty. Name an authorization policy, or leave it out.");
        if (attribute.RateLimit is { } limit)
        {
            var rule = RateLimitRule.Parse(limit)
                ?? throw Wrong($"RateLimit = \"{limit}\" is not a limit. Write a count and a time, as in \"30/1m\" (s, m, h or d; at most 31d).");
            _perAddress = new(rule, time);
            _perCaller = new(rule, time);
        }

        if (attribute.Only is { } only)
        {
            _only = Array.ConvertAll(only, text => CallPattern.Parse(text)
                ?? throw Wrong($"\"{text}\" in Only is not a call. Write a method and a path, as in \"GET /site-properties/*\"."));
        }

        InvalidOperationException Wrong(string what) => new($"[Elevate] on {name}: {what}");
    }

    /// <summary>The endpoint's name, for messages and the audit log.</summary>
    public string Name { get; }

    public Callers Callers { get; }

    public string? Policy { get; }

    /// <summary>Counts the request against the client address's limit, once.</summary>
    public bool TryCountAddress(HttpContext context, RequestCaller request, out TimeSpan? retryAfter)
    {
        retryAfter = null;
        if (_perAddress is null || ReferenceEquals(request.Counted, this))
            return true;
        if (!_perAddress.TryCount(ClientAddress.Of(context.Connection.RemoteIpAddress), out retryAfter))
            return false;
        request.Counted = this;
        return true;
    }

    /// <summary>Counts the request against the caller's limit. A visitor without a token is no more than an address, which has been counted.</summary>
    public bool TryCountCaller(Caller caller, out TimeSpan? retryAfter)
    {
        retryAfter = null;
        return _perCaller is null || caller.Id is null || _perCaller.TryCount($"{(int)caller.Kind}\n{caller.SiteId}\n{caller.Id}", out retryAfter);
    }

    /// <summary>Whether the handler may make a call as the app.</summary>
    public bool MayCall(string method, string path) => _only is null || Array.Exists(_only, pattern => pattern.Covers(method, path));
}
