// Keeps what was typed, for the server to check. By default, Wagtail's date picker turned "5:00 PM" into "05:00", and
// replaced anything that it didn't understand with the current date and time.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
