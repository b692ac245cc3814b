/**
 * Who the hub talks with: contacts, their addresses, their accounts.
 */
package hub.contact;
