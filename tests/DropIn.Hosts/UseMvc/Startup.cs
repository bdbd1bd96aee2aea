using Microsoft.AspNetCore.Authentication.Cookies;

namespace DropIn.UseMvc;

/// <summary>An application from before endpoint routing.</summary>
public sealed class Startup(IConfiguration configuration)
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddMvc(static mvc => mvc.EnableEndpointRouting = false);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddResponseCaching();
        if (Packages.AreAdded(configuration))
            Packages.Add(services, configuration);
    }

    public void Configure(IApplicationBuilder app)
    {
        app.UseExceptionHandler("/shop/error");
        app.UseStaticFiles();
        app.UseAuthentication();
        app.UseResponseCaching();
        app.Map("/legacy", static legacy => legacy.Run(static context => context.Response.WriteAsync($"legacy {context.Request.Path}")));
        if (Packages.AreAdded(configuration))
        {
            app.UseRouting();
            app.UseCors();
            app.UseAuthorization();
            app.UseEndpoints(Packages.Map);
        }

        app.UseMvc(static routes => routes.MapRoute("default", "{controller=Shop}/{action=Index}/{id?}"));
    }
}
