namespace Benchmarks.Pages;

public static class Waiting
{
    public static async Task<string> Get()
    {
        await Task.Yield();
        return "Hello, World!";
    }
}
