namespace Endpoints.Wix.ServiceCallers;

/// <summary>Recognizes the keys of services.</summary>
internal interface IServiceKeys
{
    /// <summary>Gets the keys that are known, with their services.</summary>
    IReadOnlyList<KnownService> All { get; }

    /// <summary>Returns the service that a key belongs to; <see langword="null"/> if there is none or the key has expired.</summary>
    KnownService? Find(ReadOnlySpan<char> key);

    /// <summary>Returns a service as it is now; <see langword="null"/> if its key is no longer accepted.</summary>
    KnownService? Again(KnownService known);
}
