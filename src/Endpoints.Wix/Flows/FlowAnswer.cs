using System.Diagnostics.CodeAnalysis;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Flows;

/// <summary>Represents the answer with which Wix's page returned a browser that had begun an attempt on this site.</summary>
/// <param name="Attempt">The attempt that the browser had begun. It can't be used again.</param>
/// <param name="ReturnTo">The address to which the browser goes afterwards.</param>
/// <param name="Query">The query parameters.</param>
internal sealed record FlowAnswer(BrowserAttempt Attempt, string ReturnTo, IQueryCollection Query)
{
    private const int MaxCode = 4096;

    /// <summary>Gets a value that indicates whether the answer is an error instead of a code, such as when the user has declined.</summary>
    public bool IsError => Query.ContainsKey("error");

    /// <summary>Gets the error code, or <c>unknown</c> if it can't be printed.</summary>
    public string Error => BrowserFlow.TryReadOne(Query, "error", out var error) && error is { Length: <= 64 } && Identifier.IsValid(error)
        ? error : "unknown";

    /// <summary>Reads the answer to an attempt that this browser has begun.</summary>
    public static bool TryRead(HttpContext context, BrowserAttempts attempts, [NotNullWhen(true)] out FlowAnswer? answer)
    {
        var query = context.Request.Query;
        answer = BrowserFlow.TryReadOne(query, "state", out var state) && state is { Length: RandomSecret.Length }
            && attempts.TryTake(context, state, out var attempt)
            && ReturnAddress.TryRead(attempt.ReturnTo, out var returnTo)
                ? new(attempt, returnTo, query)
                : null;
        return answer is not null;
    }

    /// <summary>Reads the code, which must occur exactly once.</summary>
    public bool TryReadCode([NotNullWhen(true)] out string? code) =>
        BrowserFlow.TryReadOne(Query, "code", out code) && code is { Length: > 0 and <= MaxCode };
}
