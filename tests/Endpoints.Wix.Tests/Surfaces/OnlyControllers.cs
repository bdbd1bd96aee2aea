using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>Gives an application these controllers and no others.</summary>
internal sealed class OnlyControllers(params Type[] types) : IApplicationFeatureProvider<ControllerFeature>
{
    public static void AddTo(WebApplicationBuilder builder, params Type[] types) =>
        builder.Services.AddControllers().ConfigureApplicationPartManager(parts =>
    {
        parts.FeatureProviders.Clear();
        parts.FeatureProviders.Add(new OnlyControllers(types));
    });

    public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
    {
        foreach (var type in types)
            feature.Controllers.Add(type.GetTypeInfo());
    }
}
