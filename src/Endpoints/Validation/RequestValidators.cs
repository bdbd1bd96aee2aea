namespace Endpoints.Validation;

/// <summary>Holds the found validators that one request has used. Each is created once, and disposed with the request.</summary>
internal sealed class RequestValidators(IServiceProvider request, ValidatorCatalog catalog) : IDisposable, IAsyncDisposable
{
    private Dictionary<Type, object?>? _made; // null while it is being made

    /// <exception cref="InvalidOperationException">Two validators depend on each other.</exception>
    public object Get(Type type)
    {
        if (_made is not null && _made.TryGetValue(type, out var known))
            return known ?? throw new InvalidOperationException($"'{type}' depends on itself.");

        (_made ??= [])[type] = null;
        var made = catalog.MakerOf(type, request).Make(request, this);
        _made[type] = made;
        return made;
    }

    public void Dispose()
    {
        foreach (var made in _made?.Values ?? Enumerable.Empty<object?>())
            (made as IDisposable)?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var made in _made?.Values ?? Enumerable.Empty<object?>())
        {
            if (made is IAsyncDisposable later)
                await later.DisposeAsync().ConfigureAwait(false);
            else
                (made as IDisposable)?.Dispose();
        }
    }
}
