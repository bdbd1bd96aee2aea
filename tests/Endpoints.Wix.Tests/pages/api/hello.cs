public static class Hello
{
    public static string Get() => "hello";
}
