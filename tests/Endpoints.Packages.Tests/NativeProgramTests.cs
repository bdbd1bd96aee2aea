using System.Reflection;
using Endpoints.Tests.Processes;
using Endpoints.Wix.Emulator;

namespace Endpoints.Packages.Tests;

/// <summary>The client and its verticals use no reflection: a program that is compiled to native code does the same as any other.</summary>
public sealed class NativeProgramTests : IDisposable
{
    private static readonly string[] Verticals = ["Endpoints.Wix.Stores", "Endpoints.Wix.Members", "Endpoints.Wix.Ecom"];

    private readonly PackedPackages _packed = new(Metadata("RepositoryRoot"), Metadata("Configuration"));

    [Fact]
    public async Task A_trimmed_native_program_calls_three_verticals()
    {
        await using var wix = await WixEmulator.StartAsync();
        wix.Site.AddCollection("Photos");
        await _packed.PackAsync(["Endpoints.Wix.Client", .. Verticals]);
        var project = Path.Combine(_packed.Folder, "Native");
        Directory.CreateDirectory(project);
        // A distribution without Clang has gcc, which links as well. Every warning about reflection is an error. Machine code that is not
        // optimized does the same, and takes little more than half the time.
        await File.WriteAllTextAsync(Path.Combine(project, "Native.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <PublishAot>true</PublishAot>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <IlcTreatWarningsAsErrors>true</IlcTreatWarningsAsErrors>
                <NativeDebugSymbols>false</NativeDebugSymbols>
                <StripSymbols>false</StripSymbols>
                <CppCompilerAndLinker Condition="!Exists('/usr/bin/clang')">gcc</CppCompilerAndLinker>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(Verticals.Select(
                    static name => $"<PackageReference Include=\"{name}\" Version=\"{PackedPackages.Version}\" />"))}
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), """
            using System.Runtime.CompilerServices;
            using Endpoints.Wix;
            using Endpoints.Wix.Ecom;
            using Endpoints.Wix.Members;
            using Endpoints.Wix.Stores;
            using Microsoft.Extensions.DependencyInjection;

            await using var services = new ServiceCollection()
                .AddWixClient(options =>
                {
                    options.ApiBaseAddress = new(args[0]);
                    options.ClientId = args[1];
                    options.ClientSecret = new(args[2]);
                    options.InstanceId = args[3];
                })
                .BuildServiceProvider();
            var app = services.GetRequiredService<AppWixClient>();
            await StoresAsync(app);
            if (args.Length > 4)
            {
                var loaded = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!);
                Console.WriteLine("loaded: " + string.Join(' ', loaded.Where(name => name.StartsWith("Endpoints")).Order()));
                return;
            }

            await MembersAsync(app);
            await EcomAsync(app);
            await app.Data.Items.InsertAsync("Photos", new DataItem(new() { ["title"] = "native" }));
            Console.WriteLine($"data: {await app.Data.Items.Query("Photos").Eq("title", "native").CountAsync()}");
            Console.WriteLine($"dynamic code: {RuntimeFeature.IsDynamicCodeSupported}");

            static async Task StoresAsync(AppWixClient app)
            {
                var products = await app.Stores.ProductsV3.QueryProductsAsync(new() { CursorPaging = new() { Limit = 1 } });
                var product = products.Products[0];
                product.Name = "Native Cup";
                var updated = await app.Stores.ProductsV3.UpdateProductAsync(product.Id!, product.ToUpdate());
                Console.WriteLine($"stores: {updated.Name}, {updated.ActualPriceRange?.MinValue?.Amount}, {updated.CreatedDate:yyyy}");
                try
                {
                    await app.Stores.ProductsV3.GetProductAsync("00000000-0000-4000-8000-000000000000");
                }
                catch (WixApiException refused)
                {
                    Console.WriteLine($"refused: {refused.Status}");
                }
            }

            static async Task MembersAsync(AppWixClient app)
            {
                var members = 0;
                await foreach (var member in app.Members.Members.QueryMembersAllAsync(new() { Paging = new() { Limit = 2 } }))
                    members += member.Id is null ? 0 : 1;
                Console.WriteLine($"members: {members}");
            }

            static async Task EcomAsync(AppWixClient app)
            {
                var orders = await app.Ecom.Orders.SearchOrdersAsync(new());
                var statuses = orders.Orders.Select(order => order.PaymentStatus?.ToString()).Distinct();
                Console.WriteLine($"ecom: {orders.Orders.Count} {string.Join(' ', statuses)}");
            }
            """);
        await _packed.DotnetAsync(project, "publish", "-c", "Debug", "-o", "out", "--use-current-runtime", "-v", "q", "--nologo");

        var output = await Command.RunAsync(project, new Dictionary<string, string?>(), Path.Combine(project, "out", "Native"),
            wix.Address.AbsoluteUri, wix.App.ClientId, wix.App.ClientSecret, wix.InstanceId);

        Assert.Contains("stores: Native Cup, ", output, StringComparison.Ordinal);
        Assert.Contains($"members: {wix.Site.Entities(EmulatedEntityKind.Member).Count}\n", output, StringComparison.Ordinal);
        Assert.Contains($"ecom: {wix.Site.Entities(EmulatedEntityKind.Order).Count} ", output, StringComparison.Ordinal);
        Assert.Contains("data: 1", output, StringComparison.Ordinal);
        Assert.Contains("refused: NotFound", output, StringComparison.Ordinal);
        Assert.Contains("dynamic code: False", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(project, "out", "Endpoints.Wix.Stores.dll")));

        // The same program before it is made native: one module's method takes one vertical.
        var managed = Directory.GetFiles(Path.Combine(project, "bin"), "Native.dll", SearchOption.AllDirectories).Single();
        Assert.EndsWith(
            "\nloaded: Endpoints.Wix.Client Endpoints.Wix.Stores",
            (await Command.RunAsync(project, new Dictionary<string, string?>(), "dotnet", managed, wix.Address.AbsoluteUri,
                wix.App.ClientId, wix.App.ClientSecret, wix.InstanceId, "loaded")).TrimEnd(), StringComparison.Ordinal);
    }

    public void Dispose() => _packed.Dispose();

    private static string Metadata(string key) =>
        typeof(NativeProgramTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
