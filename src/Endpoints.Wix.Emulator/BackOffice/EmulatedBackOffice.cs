namespace Endpoints.Wix.Emulator;

/// <summary>
/// Represents the emulated back office: a page on an origin of its own that calls your endpoints with a Wix user's access token in the
/// <c>Authorization</c> header, as <c>httpClient.fetchWithAuth()</c> does in an app's dashboard page.
/// </summary>
public sealed class EmulatedBackOffice
{
    private const int MostTargets = 100;

    private readonly Lock _gate = new();
    private readonly List<EmulatedDashboardTarget> _targets = [];
    private Uri? _origin;

    internal EmulatedBackOffice(string title, string userId)
    {
        Title = title;
        UserId = userId;
    }

    /// <summary>Gets the origin of the back office. Your CORS settings must allow calls from it.</summary>
    public Uri Origin
    {
        get => _origin!; // set before anyone gets hold of this object
        internal set => _origin = value;
    }

    /// <summary>Gets the address of the dashboard page.</summary>
    public Uri DashboardAddress => new(Origin, "/dashboard");

    /// <summary>Gets or sets the heading of the dashboard page.</summary>
    public string Title { get; set; }

    /// <summary>Gets the identifier of the Wix user who is logged in to the back office.</summary>
    public string UserId { get; }

    /// <summary>Gets the endpoints that the page offers to call, in the order in which they were added.</summary>
    public IReadOnlyList<EmulatedDashboardTarget> Targets
    {
        get
        {
            lock (_gate)
                return [.. _targets];
        }
    }

    /// <summary>Adds an endpoint to the dashboard page.</summary>
    /// <param name="name">The name of the endpoint on the page.</param>
    /// <param name="url">The absolute address of the endpoint.</param>
    /// <param name="method">The HTTP method. The default is <c>GET</c>.</param>
    /// <param name="body">The JSON that the page proposes to send, which can be edited there. None by default.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="url"/> is not an absolute http or https address, or the page already has 100 endpoints.
    /// </exception>
    public void AddTarget(string name, Uri url, string method = "GET", string? body = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{url}' is not an absolute http or https address.", nameof(url));
        lock (_gate)
        {
            if (_targets.Count == MostTargets)
                throw new ArgumentException($"The page offers at most {MostTargets} endpoints.", nameof(url));
            _targets.Add(new(name, url, method.ToUpperInvariant(), body));
        }
    }
}
