namespace DropIn.UseMvc;

public sealed class Program
{
    private Program()
    {
    }

    public static void Main(string[] args) => CreateHostBuilder(args).Build().Run();

    public static IHostBuilder CreateHostBuilder(string[] args) =>
        Microsoft.Extensions.Hosting.Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(static web => web.UseStartup<Startup>());
}
