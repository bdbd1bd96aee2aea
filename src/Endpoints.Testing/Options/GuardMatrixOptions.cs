using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Testing;

/// <summary>How <see cref="GuardMatrix"/> runs an application. The defaults are good for most.</summary>
public sealed class GuardMatrixOptions
{
    /// <summary>
    /// The guard locks that the application's endpoints are in, absolute or relative to its content root; <c>endpoints.lock.json</c> there when none is named. An
    /// application with endpoints of libraries names its own and theirs.
    /// </summary>
    public IList<string> LockFiles { get; } = [];

    /// <summary>Configuration of the application that differs from its own, as in <c>["ConnectionStrings:Shop"] = "..."</c>. It comes before the application's other sources where it builds its host with the arguments of <c>Main</c>.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Changes the application's services after it has added its own: to take away a database, say. Null, the default, for nothing.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; set; }

    /// <summary>Changes the host, <c>builder => builder.UseEnvironment("Production")</c> for instance; the environment is Development by default.</summary>
    public Action<IWebHostBuilder>? ConfigureHost { get; set; }

    /// <summary>The origin that requests are sent to; <c>Wix:PublicOrigin</c> by default, else <c>https://localhost</c>.</summary>
    public Uri? Origin { get; set; }

    /// <summary>Values for route parameters, by their names, where the values that their constraints suggest lead to another endpoint.</summary>
    public IDictionary<string, string> RouteValues { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Who calls, for kinds of callers whose ids matter to a policy: <c>[Callers.Member] = EmulatedIdentity.Member("the-owner")</c>. Made-up ids by default.
    /// </summary>
    public IDictionary<Callers, EmulatedIdentity> Identities { get; } = new Dictionary<Callers, EmulatedIdentity>();
}
