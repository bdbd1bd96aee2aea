using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DropIn.RazorPages.Pages;

public sealed class ContactModel : PageModel
{
    [BindProperty, Required, StringLength(20)]
    public string? Message { get; set; }

    public IActionResult OnPost()
    {
        if (!ModelState.IsValid)
            return Page();
        TempData["Sent"] = Message;
        return RedirectToPage();
    }
}
