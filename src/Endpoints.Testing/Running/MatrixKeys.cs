using System.Globalization;
using Endpoints.Wix.ServiceCallers;

namespace Endpoints.Testing.Running;

/// <summary>Issues a new service's key for each request, so that no limit counts a service twice. Only the last key is accepted.</summary>
internal sealed class MatrixKeys : IServiceKeys
{
    private static readonly ServiceScope Everywhere = Scope("* /*");
    private static readonly ServiceScope Nowhere = Scope();

    private (string Key, KnownService Service)? _last;

    public IReadOnlyList<KnownService> All => _last is { } last ? [last.Service] : [];

    /// <summary>Returns a key.</summary>
    /// <param name="number">The number of the request.</param>
    /// <param name="everywhere">
    /// <see langword="true"/> for a service that may call every endpoint; <see langword="false"/> for one that may call none.
    /// </param>
    public string Issue(int number, bool everywhere)
    {
        var key = ServiceKeyText.Create();
        _last = (key, new("service-" + number.ToString(CultureInfo.InvariantCulture), [], null, null, everywhere ? Everywhere : Nowhere));
        return key;
    }

    public KnownService? Find(ReadOnlySpan<char> key) => _last is { } last && key.SequenceEqual(last.Key) ? last.Service : null;

    public KnownService? Again(KnownService known) => ReferenceEquals(_last?.Service, known) ? known : null;

    private static ServiceScope Scope(params string[] entries) =>
        ServiceScope.TryParse(entries, out var flaw) ?? throw new InvalidOperationException(flaw);
}
