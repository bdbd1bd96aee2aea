using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SampleLibrary;

namespace Endpoints.Validation.Tests;

public class LibraryTests
{
    [Fact]
    public async Task A_file_in_a_folder_called_well_known_is_compiled_and_mapped()
    {
        await using var app = await TestApp.StartAsync(services => services.AddFileRoutes(), app => app.MapFileRoutes());

        var (status, text) = await app.GetAsync("/.well-known/change-password");

        Assert.Equal((HttpStatusCode.OK, "/account"), (status, (string?)text));
    }

    [Fact]
    public async Task S52_nothing_of_a_referenced_library_is_mapped_unasked()
    {
        await using var app = await TestApp.StartAsync(services => services.AddFileRoutes(), app => app.MapFileRoutes());

        var (status, _) = await app.GetAsync("/api/library/parcels");

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task S52_a_library_that_is_named_is_mapped_and_nothing_else_is()
    {
        await using var app =
            await TestApp.StartAsync(services => services.AddFileRoutes(), app => app.MapFileRoutes(typeof(Parcel).Assembly));

        var (ofLibrary, text) = await app.GetAsync("/api/library/parcels");
        var (ofApplication, _) = await app.PostAsync("/api/orders", """{"customer":"a"}""");

        Assert.Equal((HttpStatusCode.OK, "library"), (ofLibrary, (string?)text));
        Assert.Equal(HttpStatusCode.NotFound, ofApplication);
    }

    [Fact]
    public async Task S52_an_application_and_the_library_it_names_are_mapped_side_by_side()
    {
        await using var app = await TestApp.StartAsync(services => services.AddFileRoutes(), app =>
        {
            app.MapFileRoutes();
            app.MapFileRoutes(typeof(Parcel).Assembly);
        });

        var (ofLibrary, _) = await app.GetAsync("/api/library/parcels");
        var (ofApplication, _) = await app.PostAsync("/api/orders", """{"customer":"a"}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (ofLibrary, ofApplication));
    }

    [Fact]
    public void S52_the_table_of_a_library_lists_what_would_be_mapped() =>
        Assert.Equal(["/api/library/parcels"], FileRouteTable.For(typeof(Parcel).Assembly).Select(static file => file.Route));
}
