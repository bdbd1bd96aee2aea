namespace Endpoints.Wix;

/// <summary>Represents the arguments of one call that are part of its address. They are escaped.</summary>
public sealed class WixArguments
{
    private readonly string[] _path;
    private List<KeyValuePair<string, string>>? _query;

    /// <summary>Initializes a new instance of the <see cref="WixArguments"/> class.</summary>
    /// <param name="path">The values of the path's parameters, in the order of <see cref="WixOperation.Path"/>.</param>
    public WixArguments(params ReadOnlySpan<string> path) => _path = path.ToArray();

    /// <summary>Adds a parameter to the query string.</summary>
    /// <param name="name">The name. A name that is added twice is sent twice, as Wix expects lists.</param>
    /// <param name="value">The value; nothing is added for <see langword="null"/>.</param>
    /// <returns>These arguments.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public WixArguments Query(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (value is not null)
            (_query ??= []).Add(new(name, value));
        return this;
    }

    internal ReadOnlySpan<string> OfPath => _path;

    internal IReadOnlyList<KeyValuePair<string, string>> OfQuery => _query ?? [];
}
