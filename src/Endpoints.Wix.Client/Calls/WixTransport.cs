using System.Net;
using Endpoints.Wix.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Calls;

/// <summary>Makes calls to Wix under an identity.</summary>
internal sealed class WixTransport(WixHttp http, IOptions<WixClientOptions> options, TimeProvider time)
{
    private readonly TimeSpan _timeout = options.Value.Resilience.RequestTimeout;

    public Uri Origin { get; } = options.Value.ApiBaseAddress;

    /// <summary>Gets the addresses of paths on the origin.</summary>
    public KnownAddresses Addresses { get; } = new(options.Value.ApiBaseAddress);

    /// <summary>More time than a call can take: asking about the caller and for a token, and the call itself, each twice at most.</summary>
    public static TimeSpan LongestCall(WixClientOptions options) =>
        2 * ((2 * options.Resilience.TokenTimeout) + options.Resilience.RequestTimeout);

    /// <summary>
    /// Makes one call. A token that Wix does not accept is replaced once. If Wix is only busy, the call is repeated if that is allowed.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The handler or the request has ended.</exception>
    /// <exception cref="InvalidOperationException">There is no request, no grant, or the grant does not cover the call.</exception>
    /// <exception cref="WixUnavailableException">There was no answer in time, or no token to call with.</exception>
    public async ValueTask<WixAnswer> SendAsync(WixIdentity identity, WixCall call, Func<HttpContent>? content, CancellationToken ct)
    {
        var scope = identity.Open(call);
        var started = time.GetTimestamp();
        int? status = null;
        using var either = LinkedToken.Of(ct, scope.Ending);
        try
        {
            for (var isSecond = false;; isSecond = true)
            {
                var token = await scope.TokenAsync(either.Token).ConfigureAwait(false);
                scope.Demand(); // the token may have taken a while to come
                var consistency = scope.Consistency;
                var answer = await http.SendAsync(
                    new(WixCircuit.Api, call.Method, call.Path, _timeout)
                    {
                        Address = call.Address,
                        Token = token,
                        Header = scope.Header,
                        Wishes = call.Wishes,
                        Content = content,
                        IsRepeatable = call.IsRepeatable,
                        Consistent = consistency.Find(),
                        Retried = scope,
                    },
                    either.Token).ConfigureAwait(false);
                await scope.AnsweredAsync(answer).ConfigureAwait(false);
                if (answer.Consistent is { } value)
                    consistency.Keep(value);
                status = (int)answer.Status;
                if (!IsRefusal(answer) || !scope.Reject(token) || isSecond || !call.IsRepeatable)
                    return answer;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && scope.Ending.IsCancellationRequested)
        {
            scope.Demand();
            throw;
        }
        finally
        {
            scope.Close(status, time.GetElapsedTime(started));
        }
    }

    // What something on the way says is no reason to drop a token that serves everybody.
    private static bool IsRefusal(WixAnswer answer) => answer.Status == HttpStatusCode.Unauthorized && WixVerdict.IsWixs(answer);
}
