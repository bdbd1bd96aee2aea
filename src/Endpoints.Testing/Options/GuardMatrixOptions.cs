using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Testing;

/// <summary>Provides options for running an application with <see cref="GuardMatrix"/>. The defaults suit most applications.</summary>
public sealed class GuardMatrixOptions
{
    /// <summary>
    /// Gets the paths of the guard locks that contain the application's endpoints, absolute or relative to its content root. If the list is
    /// empty, <c>endpoints.lock.json</c> in the content root is used. An application with endpoints in libraries lists its own lock and
    /// theirs.
    /// </summary>
    public IList<string> LockFiles { get; } = [];

    /// <summary>
    /// Gets configuration values that override the application's own, as in <c>["ConnectionStrings:Shop"] = "..."</c>. They take precedence
    /// over the other sources of the application if it builds its host with the arguments of <c>Main</c>.
    /// </summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets or sets the action that changes the application's services after it has added its own, for example to replace a database. The
    /// default is <see langword="null"/>, for no change.
    /// </summary>
    public Action<IServiceCollection>? ConfigureServices { get; set; }

    /// <summary>
    /// Gets or sets the action that changes the host, such as <c>builder => builder.UseEnvironment("Production")</c>. By default, the
    /// environment is Development.
    /// </summary>
    public Action<IWebHostBuilder>? ConfigureHost { get; set; }

    /// <summary>
    /// Gets or sets the origin that requests are sent to. The default is <c>Wix:PublicOrigin</c>, or <c>https://localhost</c> if that is
    /// not set.
    /// </summary>
    public Uri? Origin { get; set; }

    /// <summary>
    /// Gets values for route parameters, by parameter name. They are needed where the values that the constraints suggest lead to another
    /// endpoint.
    /// </summary>
    public IDictionary<string, string> RouteValues { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets the identities of callers whose identifiers matter to a policy, by kind of caller:
    /// <c>[Callers.Member] = EmulatedIdentity.Member("the-owner")</c>. By default, identifiers are generated.
    /// </summary>
    public IDictionary<Callers, EmulatedIdentity> Identities { get; } = new Dictionary<Callers, EmulatedIdentity>();
}
