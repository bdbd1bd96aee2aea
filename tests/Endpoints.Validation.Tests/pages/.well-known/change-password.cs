namespace Endpoints.Validation.Tests.Pages;

public static class ChangePassword
{
    public static string Get() => "/account";
}
