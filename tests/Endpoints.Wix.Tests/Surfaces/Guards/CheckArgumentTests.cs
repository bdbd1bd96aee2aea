using System.Net;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>Tests what a check can find out about the arguments it decides about.</summary>
public sealed class CheckArgumentTests
{
    [Fact]
    public async Task A_check_finds_each_argument_by_its_name_and_nothing_by_another()
    {
        var seen = new List<object?>();
        await using var site = await WixSite.StartAsync(
            static app => app.MapGet("/{id}", static (string id, int? count) => id)
                .Elevate(Callers.Visitor, static options => options.Check = typeof(Looking)),
            build: builder => builder.Services.AddSingleton(seen).AddScoped<Looking>());

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/a?count=3")).Status);

        Assert.Equal(["id a", "count 3", true, "a", false, null, false, nameof(KeyNotFoundException), nameof(InvalidOperationException)],
            seen);
    }

    private sealed class Looking(List<object?> seen) : IElevationCheck
    {
        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken)
        {
            var arguments = context.Arguments;
            seen.AddRange(arguments.Select(static argument => $"{argument.Key} {argument.Value}"));
            seen.Add(arguments.TryGetValue("id", out var id));
            seen.Add(id);
            seen.Add(arguments.TryGetValue("other", out var other));
            seen.Add(other);
            seen.Add(arguments.ContainsKey("other"));
            seen.Add(Record.Exception(() => arguments["other"])?.GetType().Name);
            seen.Add(Record.Exception(() => context.Argument<string>("other"))?.GetType().Name);
            return new(true);
        }
    }
}
