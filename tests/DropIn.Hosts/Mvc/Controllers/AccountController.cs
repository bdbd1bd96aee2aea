using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace DropIn.Mvc.Controllers;

public sealed class AccountController : Controller
{
    [AllowAnonymous]
    public IActionResult Login() => View();

    [AllowAnonymous, HttpPost]
    public IActionResult Login(string name)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, name)], CookieAuthenticationDefaults.AuthenticationScheme);
        return SignIn(new ClaimsPrincipal(identity), new AuthenticationProperties { RedirectUri = "/account/me" });
    }

    public IActionResult Me() => Content(User.Identity!.Name!);
}
