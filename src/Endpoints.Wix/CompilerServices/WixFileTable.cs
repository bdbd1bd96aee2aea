using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.CompilerServices;

/// <summary>The event and plugin files of one assembly. The generator derives a class from it; applications only read it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WixFileTable
{
    /// <summary>Returns the registrations of the assembly's event files.</summary>
    /// <remarks>This is a method, not a stored list, so that a hot-reload update changes the result of the next call.</remarks>
    public abstract IReadOnlyList<WixEventRegistration> LoadEvents();

    /// <summary>Returns the registrations of the assembly's plugin files.</summary>
    /// <remarks>This is a method, not a stored list, so that a hot-reload update changes the result of the next call.</remarks>
    public abstract IReadOnlyList<WixPluginRegistration> LoadPlugins();

    /// <summary>Returns the table of an assembly, or <see langword="null"/> if it has no event or plugin files.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="assembly"/> is null.</exception>
    public static WixFileTable? For(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetCustomAttribute<WixFileTableAttribute>()?.CreateTable();
    }

    /// <summary>Creates a handler or plugin from a scope's services.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="services">The services of the scope.</param>
    /// <returns>The instance, which <see cref="DisposeAsync"/> disposes of.</returns>
    public static T Create<T>(IServiceProvider services)
        where T : class => ActivatorUtilities.CreateInstance<T>(services);

    /// <summary>Disposes of a handler or plugin, if it can be disposed of.</summary>
    /// <param name="instance">The instance.</param>
    /// <returns>A task that represents the asynchronous operation.</returns>
    public static ValueTask DisposeAsync(object instance)
    {
        switch (instance)
        {
            case IAsyncDisposable disposable:
                return disposable.DisposeAsync();
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }

        return ValueTask.CompletedTask;
    }
}
