using Endpoints.RateLimiting;
using Endpoints.Wix.Errors;
using Endpoints.Wix.RateLimiting;
using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Identification;

/// <summary>Limits the questions to Wix that strangers may cause: who owns a token, and what a refresh token or a code is worth.</summary>
/// <remarks>
/// Thread-safe. What Wix accepts costs nothing, however many good callers come from one address. What it refuses, or throttles, is counted
/// against the client's network and in all: a network that has had its share is told to wait without a call, and when there have been too
/// many in all, networks that have had refusals wait first. Tokens that Wix has accepted before are not counted.
/// </remarks>
internal sealed partial class IdentificationBudget
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lanes _lanes;
    private readonly TimeSpan _patience;
    private readonly GuardTelemetry _telemetry;
    private readonly ILogger<IdentificationBudget> _logger;

    public IdentificationBudget(IOptions<WixOptions> options, TimeProvider time, GuardTelemetry telemetry,
        ILogger<IdentificationBudget> logger)
    {
        var set = options.Value;
        Refused = new(new(set.RefusedTokensPerMinute, Minute), NetworkShares.Of(set), time);
        InAll = new(new(set.RefusedTokensPerMinuteInAll, Minute), time);
        _lanes = new(set.MaxIdentificationsAtOnce, network => IsSpent(network, out _));
        _patience = set.Resilience.TokenTimeout;
        _telemetry = telemetry;
        _logger = logger;
    }

    private NetworkWindows Refused { get; }

    private FixedWindows<int> InAll { get; }

    /// <summary>Asks Wix, if the client's network is allowed to.</summary>
    /// <param name="client">
    /// The client whose request causes the question; <see langword="null"/> for a question that no stranger causes, or about something that
    /// Wix has accepted before.
    /// </param>
    /// <param name="state">The state for the question.</param>
    /// <param name="ask">The question.</param>
    /// <param name="isRefusal">The function that determines whether an answer is a refusal.</param>
    /// <exception cref="WixUnavailableException">
    /// The network has reached its limit, too many questions wait, or Wix could not be asked.
    /// </exception>
    public async Task<TResult> AskAsync<TState, TResult>(ClientAddress? client, TState state, Func<TState, Task<TResult>> ask,
        Func<TResult, bool> isRefusal)
    {
        var lane = await EnterAsync(client).ConfigureAwait(false);
        bool? isGood = null;
        try
        {
            var answer = await ask(state).ConfigureAwait(false);
            isGood = !isRefusal(answer);
            return answer;
        }
        catch (Exception e) when (e is TokenRefusedException or WixUnavailableException { IsUnusable: true })
        {
            isGood = false;
            throw;
        }
        finally
        {
            if (isGood == false && client is { } network)
            {
                Refused.TryCount(network, out TimeSpan? _);
                InAll.TryCount(0, out TimeSpan? _);
            }

            _lanes.Leave(lane, isGood);
        }
    }

    /// <summary>Ensures that a question would not have to wait for its network's next share.</summary>
    /// <exception cref="WixUnavailableException">It would have to wait.</exception>
    public void Demand(ClientAddress client)
    {
        if (IsSpent(client, out var retryAfter))
            throw Limited(client, retryAfter);
    }

    /// <summary>Determines whether a network has reached its limit.</summary>
    public bool IsSpent(ClientAddress client, out TimeSpan? retryAfter) =>
        Refused.IsSpent(client, out retryAfter) || (Refused.IsUsed(client) && InAll.IsSpent(0, out retryAfter));

    private async ValueTask<Lane> EnterAsync(ClientAddress? client)
    {
        if (client is { } stranger)
            Demand(stranger);
        var network = client is { IsV6: true } v6 ? v6.Within(48) : client;
        var lane = _lanes.Enter(network, client is { } own && Refused.IsUsed(own), InAll.IsSpent(0, out _), out var turn);
        if (lane is null)
        {
            _telemetry.IdentificationLimited("busy");
            throw new WixUnavailableException("Too many requests wait to ask Wix who is calling.");
        }

        if (turn is null)
            return lane;
        bool hasPlace;
        try
        {
            hasPlace = await turn.Task.WaitAsync(_patience, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (turn.TrySetResult(false))
            {
                _telemetry.IdentificationLimited("busy");
                throw new WixUnavailableException("Too many requests wait to ask Wix who is calling.");
            }

            hasPlace = await turn.Task.ConfigureAwait(false); // it came at the last moment
        }

        if (hasPlace)
            return lane;
        IsSpent(client!.Value, out var retryAfter); // only a stranger's turn is taken away
        throw Limited(client.Value, retryAfter);
    }

    private WixUnavailableException Limited(ClientAddress client, TimeSpan? retryAfter)
    {
        _telemetry.IdentificationLimited("network");
        LogLimited(client);
        return new("The client's network has sent too many tokens that Wix does not accept.", retryAfter) { IsRateLimit = true };
    }

    [LoggerMessage(1, LogLevel.Information,
        "The network {Client} has sent too many tokens that Wix does not accept. Its tokens are not checked for now")]
    private partial void LogLimited(ClientAddress client);
}
