namespace DropIn.Files;

public static class Hello
{
    public static string Get() => "Hello from a file";
}
