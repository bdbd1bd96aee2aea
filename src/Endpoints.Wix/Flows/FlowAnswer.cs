using System.Diagnostics.CodeAnalysis;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Flows;

/// <summary>What Wix's page sent a browser back with, which had begun it here.</summary>
/// <param name="Attempt">What the browser had begun. It can't be used again.</param>
/// <param name="ReturnTo">Where the browser goes afterwards.</param>
/// <param name="Query">The address's parameters.</param>
internal sealed record FlowAnswer(BrowserAttempt Attempt, string ReturnTo, IQueryCollection Query)
{
    private const int MaxCode = 4096;

    /// <summary>Whether it says why there is no code: the user did not want to, for one.</summary>
    public bool IsError => Query.ContainsKey("error");

    /// <summary>The reason, if it can be printed.</summary>
    public string Error => BrowserFlow.TryReadOne(Query, "error", out var error) && error is { Length: <= 64 } && Identifier.IsValid(error) ? error : "unknown";

    /// <summary>Reads an answer to what this browser has begun.</summary>
    public static bool TryRead(HttpContext context, BrowserAttempts attempts, [NotNullWhen(true)] out FlowAnswer? answer)
    {
        var query = context.Request.Query;
        answer = BrowserFlow.TryReadOne(query, "state", out var state) && state is { Length: RandomSecret.Length } && attempts.TryTake(context, state, out var attempt)
            && ReturnAddress.TryRead(attempt.ReturnTo, out var returnTo)
                ? new(attempt, returnTo, query)
                : null;
        return answer is not null;
    }

    /// <summary>The code, given once.</summary>
    public bool TryReadCode([NotNullWhen(true)] out string? code) => BrowserFlow.TryReadOne(Query, "code", out code) && code is { Length: > 0 and <= MaxCode };
}
