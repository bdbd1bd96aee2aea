namespace Endpoints.Wix.Emulator;

/// <summary>
/// The emulated back office: a page on an origin of its own that calls your endpoints with a Wix user's access token in
/// <c>Authorization</c>, as <c>httpClient.fetchWithAuth()</c> does in an app's dashboard page.
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

    /// <summary>The back office's origin, where your CORS settings must allow calls from.</summary>
    public Uri Origin
    {
        get => _origin!; // set before anyone gets hold of this object
        internal set => _origin = value;
    }

    /// <summary>The dashboard page.</summary>
    public Uri DashboardAddress => new(Origin, "/dashboard");

    /// <summary>The page's heading.</summary>
    public string Title { get; set; }

    /// <summary>The id of the Wix user who is logged in there.</summary>
    public string UserId { get; }

    /// <summary>The endpoints that the page offers to call, in the order in which they were added.</summary>
    public IReadOnlyList<EmulatedDashboardTarget> Targets
    {
        get
        {
            lock (_gate)
                return [.. _targets];
        }
    }

    /// <summary>Adds an endpoint to the page.</summary>
    /// <param name="name">What the page calls it.</param>
    /// <param name="url">Its absolute address.</param>
    /// <param name="method">The HTTP method.</param>
    /// <exception cref="ArgumentException">The address is not an absolute http or https address, or there are 100 endpoints already.</exception>
    public void AddTarget(string name, Uri url, string method = "GET")
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
            _targets.Add(new(name, url, method.ToUpperInvariant()));
        }
    }
}
