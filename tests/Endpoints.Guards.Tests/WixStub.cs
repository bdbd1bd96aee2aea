using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests;

/// <summary>
/// An assembly with the names of Endpoints.Wix and nothing behind them, so that a rule can be tested on a shape the library lacks.
/// </summary>
internal static class WixStub
{
    private const string Source = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Endpoints.Wix
        {
            [Flags] public enum Callers { Visitor = 1, Member = 2, User = 4, App = 8 }

            [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
            public sealed class ElevateAttribute : Attribute
            {
                public ElevateAttribute(Callers callers) => Callers = callers;
                public Callers Callers { get; }
                public string? RateLimit { get; set; }
                public string? Policy { get; set; }
                public Type? Check { get; set; }
                public string? App { get; set; }
                public string[]? Only { get; set; }
                public long BodyLimit { get; set; }
            }

            public sealed class ElevateOptions
            {
                public string? RateLimit { get; set; }
                public string? Policy { get; set; }
                public Type? Check { get; set; }
                public string? App { get; set; }
                public System.Collections.Generic.IReadOnlyList<string>? Only { get; set; }
                public long BodyLimit { get; set; }
            }

            public sealed class ElevationCheckContext { public T Argument<T>(string name) => default!; public Caller Caller => null!; }

            public interface IElevationCheck { ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken); }

            public sealed class WixAuth { public T Elevate<T>(T method) where T : Delegate => method; }

            public abstract class WixModule;

            public abstract class WixClientBase
            {
                public SiteProperties SiteProperties => null!;
                public T GetModule<T>() where T : WixModule => null!;
                public Task<T> GetAsync<T>(string path) => null!;
                public Task<T> PostAsync<T>(string path, object body) => null!;
                public Task<T> SendAsync<T>(System.Net.Http.HttpMethod method, string path) => null!;
            }

            public sealed class WixClient : WixClientBase;

            public sealed class ElevatedWixClient : WixClientBase;

            public sealed class AppWixClient : WixClientBase
            {
                public AppWixClient ForInstance(string instanceId) => this;
            }

            public sealed class AdminWixClient : WixClientBase
            {
                public AdminWixClient ForSite(string siteId) => this;
            }

            public sealed record Caller(string? Id, string? SiteId, string? InstanceId);

            public static class WixDefaults { public const string AuthenticationScheme = "Wix"; public const string InstanceIdClaim = "wix:instance"; }

            public sealed record Business { public string? Name { get; init; } }

            public sealed class SiteProperties : WixModule
            {
                public Task<string> GetSitePropertiesAsync(CancellationToken cancellationToken = default) => null!;
                public Task<string> UpdateSitePropertiesAsync(string name) => null!;
                public Task<string> BulkGetAsync() => null!;
                public Task<string> SettingsAsync() => null!;
            }
        }

        namespace Endpoints
        {
            [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
            public sealed class HttpMethodAttribute(string method) : Attribute { public string Method { get; } = method; }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            using Endpoints.Wix;
            using Microsoft.AspNetCore.Routing;

            public static class ElevateEndpointConventionBuilderExtensions
            {
                public static TBuilder Elevate<TBuilder>(this TBuilder builder, Callers callers, Action<ElevateOptions>? configure = null)
                    where TBuilder : IEndpointConventionBuilder => builder;
                public static TBuilder Elevate<TBuilder>(this TBuilder builder, ElevateAttribute elevate)
                    where TBuilder : IEndpointConventionBuilder => builder;
                public static RouteGroupBuilder MapFileRoutes(this IEndpointRouteBuilder endpoints) => null!;
            }
        }
        """;

    public static MetadataReference Reference { get; } = Code.Emit("Endpoints.Wix", Source);
}
