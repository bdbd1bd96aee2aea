using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>The same for endpoint files, whose conventions are attributes.</summary>
public sealed class FileFilterTests
{
    [Theory]
    [InlineData(typeof(OnMethod))]
    [InlineData(typeof(OnClass))]
    public async Task S69_A_files_convention_puts_nothing_inside_the_grant_or_outside_the_guards(Type file)
    {
        var journal = new Journal();
        await using var site = await WixSite.StartAsync(
            app => app.MapFileRoutes([new FileRoute("api/it.cs", "/api/it", file, [new("GET", "Get")])])
                .AddEndpointFilter(static (call, next) =>
            {
                Note(call.HttpContext, "group");
                return next(call);
            }),
            build: builder => builder.Services.AddFileRoutes().AddSingleton(journal));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/api/it")).Status);
        Assert.Empty(journal.Lines);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/api/it", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        Assert.Equal(["delegate", "group refused", "filter refused", "handler"], journal.Lines);
    }

    private static void Note(HttpContext context, string who)
    {
        var call = Record.Exception(
            () => context.RequestServices.GetRequiredService<WixAuth>()
                .Elevate(context.RequestServices.GetRequiredService<SiteProperties>().GetSitePropertiesAsync));
        context.RequestServices.GetRequiredService<Journal>().Add($"{who} {(call is null ? "elevated" : "refused")}");
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
    internal sealed class MeddleAttribute : Attribute, IEndpointConvention
    {
        public void Apply(EndpointBuilder builder)
        {
            builder.FilterFactories.Add(static (_, next) => call =>
            {
                Note(call.HttpContext, "filter");
                return next(call);
            });
            var next = builder.RequestDelegate!;
            builder.RequestDelegate = context =>
            {
                context.RequestServices.GetRequiredService<Journal>().Add("delegate");
                return next(context);
            };
        }
    }

    [Elevate(Callers.Member)]
    internal static class OnMethod
    {
        [Meddle]
        public static void Get(Journal journal, WixAuth auth, SiteProperties properties)
        {
            auth.Elevate(properties.GetSitePropertiesAsync);
            journal.Add("handler");
        }
    }

    [Meddle]
    internal static class OnClass
    {
        [Elevate(Callers.Member)]
        public static void Get(Journal journal, WixAuth auth, SiteProperties properties)
        {
            auth.Elevate(properties.GetSitePropertiesAsync);
            journal.Add("handler");
        }
    }
}
