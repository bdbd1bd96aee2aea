using System.Collections;
using System.Reflection;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Lifetimes;

/// <summary>None of our services lives longer than what it takes: neither by its constructor, nor by what it holds.</summary>
public sealed class RegistrationTests
{
    private static readonly Assembly[] Ours = [typeof(Caller).Assembly, typeof(FileRouteOptions).Assembly];

    // The framework's own promise is that there is one of these.
    private static readonly Type[] Everywhere = [typeof(IServiceProvider), typeof(IServiceScopeFactory), typeof(IServiceProviderIsService),
        typeof(IServiceProviderIsKeyedService), typeof(IConfiguration)];

    [Fact]
    public void S73_No_service_is_longer_lived_than_what_its_constructor_takes()
    {
        var services = All();

        var wrong = new List<string>();
        foreach (var service in services.Where(static service => service.Lifetime == ServiceLifetime.Singleton || IsStartup(service)))
        {
            if (Implementation(service) is not { } type || !Ours.Contains(type.Assembly))
                continue;
            foreach (var parameter in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .SelectMany(static constructor => constructor.GetParameters()))
            {
                if (Lifetime(services, parameter.ParameterType) is { } lifetime && lifetime != ServiceLifetime.Singleton)
                    wrong.Add($"{type.Name} takes {parameter.ParameterType.Name}, which is {lifetime}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(typeof(IRateLimitStore))]
    [InlineData(typeof(IWixTokenSource))]
    [InlineData(typeof(IWixTokenInfoSource))]
    [InlineData(typeof(IWixTokenInfoSource), "shop")]
    [InlineData(typeof(IWixSessionStore))]
    [InlineData(typeof(IWixAuditSink))]
    [InlineData(typeof(IInboxStore))]
    [InlineData(typeof(IDistributedCache))]
    [InlineData(typeof(TimeProvider))]
    public async Task S73_What_is_kept_for_all_requests_is_a_singleton_or_stops_the_start(Type type, string? app = null)
    {
        var failure = await Record.ExceptionAsync(async () => await (await WixSite.StartAsync(
            configure: static options => options.Session.Cookie = WixSessionCookie.Protected,
            build: builder =>
            {
                builder.Host.UseDefaultServiceProvider(static options => options.ValidateScopes = options.ValidateOnBuild = false);
                builder.Services.Add(new(type, app,
                    (_, _) => type == typeof(TimeProvider) ? TimeProvider.System : DispatchProxy.Create(type, typeof(Idle)),
                    ServiceLifetime.Scoped));
            })).DisposeAsync());

        Assert.Contains($"{type.Name} is registered as Scoped", Assert.IsType<InvalidOperationException>(failure).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task S73_No_singleton_holds_what_is_made_for_a_request()
    {
        IServiceCollection services = new ServiceCollection();
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapWixAuth();
                app.MapWixInstallation();
                app.MapControllers();
                app.MapRazorPages();
                app.MapGet("/", () => "in").Elevate(Callers.Visitor, options => { options.RateLimit = "30/1m"; options.Policy = "Own"; });
            },
            build: builder =>
            {
                services = builder.Services;
                Add(services);
                services.AddAuthorizationBuilder().AddPolicy("Own", static policy => policy.RequireAssertion(static _ => true));
            },
            files: true);
        await site.GetAsync("/");

        var shorter = services.Where(static service => service.Lifetime != ServiceLifetime.Singleton && !service.IsKeyedService)
            .SelectMany(static service => new[] { service.ServiceType, service.ImplementationType }).OfType<Type>()
            .Where(static type => !type.IsGenericTypeDefinition && !IsOptions(type)).ToHashSet();
        var wrong = new List<string>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var service in services.Where(
            static service =>
                service is { Lifetime: ServiceLifetime.Singleton, IsKeyedService: false } && !service.ServiceType.IsGenericTypeDefinition
            && (Ours.Contains(service.ServiceType.Assembly) || (Implementation(service) is { } type && Ours.Contains(type.Assembly)))))
        {
            foreach (var instance in site.Services.GetServices(service.ServiceType).OfType<object>())
                Walk(instance, instance.GetType().Name);
        }

        Assert.Empty(wrong);
        Assert.True(seen.Count > 40); // or nothing was looked at

        void Walk(object instance, string path)
        {
            if (!Ours.Contains(instance.GetType().Assembly) || !seen.Add(instance))
                return;
            for (var type = instance.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            {
                foreach (var field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (field.FieldType.IsPointer || field.GetValue(instance) is not { } value)
                        continue;
                    if (shorter.Any(kind => kind.IsInstanceOfType(value) && kind != typeof(object))
                        || value is HttpContext or IFeatureCollection)
                        wrong.Add($"{path}.{field.Name} is {value.GetType().Name}");
                    Walk(value, $"{path}.{field.Name}");
                    if (value is IEnumerable and not string and Array several)
                    {
                        foreach (var element in several.OfType<object>())
                            Walk(element, $"{path}.{field.Name}[]");
                    }
                }
            }
        }
    }

    [Fact]
    public void S73_The_walk_would_find_one()
    {
        var services = All();
        services.AddSingleton<Wrong>();

        Assert.Equal(ServiceLifetime.Transient, Lifetime(services, typeof(Wrong).GetConstructors()[0].GetParameters()[0].ParameterType));
    }

    private static ServiceCollection All()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddWix(static _ => { });
        Add(services);
        return services;
    }

    private static void Add(IServiceCollection services)
    {
        services.AddWixDashboardCors();
        services.AddFileRoutes();
        services.AddControllers();
        services.AddRazorPages();
        services.AddSignalR();
        services.AddHealthChecks().AddWix();
        services.AddOutputCache();
    }

    private static Type? Implementation(ServiceDescriptor service) =>
        service.IsKeyedService ? service.KeyedImplementationType : service.ImplementationType ?? service.ImplementationInstance?.GetType();

    /// <summary>A startup filter keeps the services that it takes.</summary>
    private static bool IsStartup(ServiceDescriptor service) => service.ServiceType == typeof(Microsoft.AspNetCore.Hosting.IStartupFilter);

    private static bool IsOptions(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is { } open
        && (open == typeof(IOptionsSnapshot<>) || open == typeof(IOptionsFactory<>));

    private static ServiceLifetime? Lifetime(IServiceCollection services, Type type)
    {
        if (Everywhere.Contains(type))
            return null;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            return services.Where(service => service.ServiceType == type.GenericTypeArguments[0])
                .Select(static service => (ServiceLifetime?)service.Lifetime).Max();
        var known = services.LastOrDefault(service => service.ServiceType == type)
            ?? (type.IsGenericType ? services.LastOrDefault(service => service.ServiceType == type.GetGenericTypeDefinition()) : null);
        return known?.Lifetime;
    }

    private sealed class Wrong(Microsoft.AspNetCore.Authorization.IAuthorizationPolicyProvider policies)
    {
        public override string ToString() => $"{policies}";
    }

    /// <summary>Does nothing that it is asked to.</summary>
    public class Idle : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }
}
