using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Sessions;

/// <summary>
/// Represents the change that one response makes to the browser's session: none, a new cookie, or its removal. The last decision counts.
/// </summary>
/// <remarks>
/// Thread-safe. The cookie is set at once where the request waits for the decision, so that caches see it, and in any case just before the
/// response starts: an exception handler that clears the headers must not lose a session that Wix has renewed. After the request it does
/// nothing.
/// </remarks>
internal sealed class SessionResponse
{
    private readonly Lock _gate = new();
    private readonly SessionRecords _records;
    private readonly EndedSessions _ended;
    private HttpContext? _context;
    private Session? _session;
    private bool _isDecided;
    private bool _isClosed;

    private SessionResponse(HttpContext context, SessionRecords records, EndedSessions ended)
    {
        _context = context;
        _records = records;
        _ended = ended;
    }

    /// <summary>
    /// Returns the change of a response, which is created at the first call. That call must come from the request's own flow.
    /// </summary>
    public static SessionResponse Of(HttpContext context, SessionRecords records, EndedSessions ended)
    {
        // One for each app: the cookie of one is not another's.
        if (context.Features.Get<SessionResponse>() is { } known && ReferenceEquals(known._records, records))
            return known;
        var response = new SessionResponse(context, records, ended);
        context.Features.Set(response);
        if (!context.Response.HasStarted)
            context.Response.OnStarting(static state => ((SessionResponse)state).Start(), response);
        context.Response.OnCompleted(static state => ((SessionResponse)state).End(), response);
        return response;
    }

    /// <summary>Sets the browser's session, from the request's own flow.</summary>
    /// <returns><see langword="true"/> if the browser will get it; <see langword="false"/> once the response has started.</returns>
    public bool Save(Session session) => Decide(session, atOnce: true);

    /// <summary>Sets the browser's session, from any thread, just before the response starts.</summary>
    /// <returns><see langword="true"/> if the browser will get it; <see langword="false"/> once the response has started.</returns>
    public bool SaveLater(Session session) => Decide(session, atOnce: false);

    /// <summary>Removes the browser's session, from the request's own flow.</summary>
    public bool Clear() => Decide(null, atOnce: true);

    /// <summary>
    /// Makes no change from here on. The browser may already have another session, from a login that this request does not know, and this
    /// response's session would replace it.
    /// </summary>
    public void Close()
    {
        lock (_gate)
            _isClosed = true;
    }

    private bool Decide(Session? session, bool atOnce)
    {
        lock (_gate)
        {
            if (_isClosed || _context is not { Response.HasStarted: false } context)
                return false;
            _session = session;
            _isDecided = true;
            if (atOnce)
                _records.WriteCookie(context, session);
            return true;
        }
    }

    private Task Start()
    {
        Session? given = null;
        lock (_gate)
        {
            if (_isDecided && _context is { } context)
            {
                // It may have been ended while this request was on its way, and the browser has heard of that already.
                if (_session is not null && _ended.Contains(_session))
                    _records.Withdraw(context);
                else
                    _records.WriteCookie(context, given = _session);
            }
        }

        return given is null || !_records.AreStored ? Task.CompletedTask : StoreAsync(given);
    }

    private async Task StoreAsync(Session session)
    {
        var isThere = await _records.StoreAsync(session).ConfigureAwait(false);
        if (isThere && _ended.Contains(session))
        {
            // Meanwhile.
            await _records.RemoveAsync(session).ConfigureAwait(false);
            isThere = false;
        }

        lock (_gate)
        {
            if (!isThere && _context is { } context)
                _records.Withdraw(context);
        }
    }

    private Task End()
    {
        lock (_gate)
            _context = null;
        return Task.CompletedTask;
    }
}
