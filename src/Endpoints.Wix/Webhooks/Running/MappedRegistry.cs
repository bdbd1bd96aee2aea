namespace Endpoints.Wix.Webhooks.Running;

/// <summary>
/// Provides the base class for what holds the registrations of handlers or plugins: those that are registered as services, and those of the
/// mapped assemblies' files.
/// </summary>
/// <remarks>Thread-safe. A hot-reload update replaces those of files by a new <see cref="Load"/>.</remarks>
/// <param name="registered">The registrations that are services.</param>
internal abstract class MappedRegistry<TRegistration>(IEnumerable<TRegistration> registered)
{
    private readonly Lock _gate = new();
    private readonly List<Func<IReadOnlyList<TRegistration>>> _sources = [];

    /// <summary>Gets a value that indicates whether events are mapped.</summary>
    public bool IsMapped { get; private set; }

    /// <summary>Gets the registrations that are services.</summary>
    public IEnumerable<TRegistration> InCode => registered;

    /// <summary>Adds the registrations of assemblies' files, and records that events are mapped.</summary>
    /// <exception cref="InvalidOperationException">Two registrations contradict each other, or one has an invalid setting.</exception>
    public void Map(IEnumerable<Func<IReadOnlyList<TRegistration>>> files)
    {
        lock (_gate)
        {
            _sources.AddRange(files);
            Read(All());
            IsMapped = true;
        }
    }

    /// <summary>Reads the registrations of files again, after a hot-reload update.</summary>
    /// <exception cref="InvalidOperationException">Two registrations contradict each other, or one has an invalid setting.</exception>
    public void Load()
    {
        lock (_gate)
        {
            if (IsMapped)
                Read(All());
        }
    }

    /// <summary>Reads all registrations, in place of those of before.</summary>
    protected abstract void Read(IEnumerable<TRegistration> registrations);

    private IEnumerable<TRegistration> All() => registered.Concat(_sources.SelectMany(static load => load()));
}
