using Microsoft.AspNetCore.Authorization;

namespace DropIn.Files;

[AllowAnonymous]
public static class Hello
{
    public static string Get() => "Hello from a file";
}
