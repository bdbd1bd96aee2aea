namespace Benchmarks.Pages;

public static class Plain
{
    public static string Get() => "Hello, World!";
}
