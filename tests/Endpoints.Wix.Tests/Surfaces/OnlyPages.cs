using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.Hosting;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>Gives an application these Razor Pages and no others, as the Razor compiler would.</summary>
internal sealed class OnlyPages(params (string Path, Type Model)[] pages) : ApplicationPart, IRazorCompiledItemProvider
{
    public override string Name => nameof(OnlyPages);

    public IEnumerable<RazorCompiledItem> CompiledItems =>
        pages.Select(static page => new Item($"/Pages{page.Path}.cshtml", typeof(Markup<>).MakeGenericType(page.Model)));

    public static IMvcBuilder AddTo(WebApplicationBuilder builder, params (string Path, Type Model)[] pages) =>
        builder.Services.AddRazorPages().ConfigureApplicationPartManager(parts =>
        {
            foreach (var part in parts.ApplicationParts.OfType<AssemblyPart>()
                .Where(static part => part.Assembly == Assembly.GetExecutingAssembly()).ToList())
                parts.ApplicationParts.Remove(part);
            parts.ApplicationParts.Add(new OnlyPages(pages));
        });

    private sealed class Item(string identifier, Type type) : RazorCompiledItem
    {
        public override string Identifier => identifier;

        public override string Kind => "mvc.1.0.razor-page";

        public override IReadOnlyList<object> Metadata => [];

        public override Type Type => type;
    }

    public sealed class Markup<TModel> : Page
        where TModel : class
    {
        public ViewDataDictionary<TModel> ViewData => (ViewDataDictionary<TModel>)PageContext.ViewData;

        public TModel Model => ViewData.Model;

        public override Task ExecuteAsync()
        {
            WriteLiteral("markup");
            return Task.CompletedTask;
        }
    }
}
